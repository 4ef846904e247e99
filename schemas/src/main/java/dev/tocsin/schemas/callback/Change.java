// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.callback;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;

/** What was done. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public sealed interface Change {

  /** Somebody has it. */
  @JsonTypeName("acknowledged")
  record Acknowledged() implements Change {}

  /**
   * It is over.
   *
   * @param status the vendor's word for that
   */
  @JsonTypeName("resolved")
  record Resolved(String status) implements Change {}

  /** It goes on as a part of another, which the vendor names. */
  @JsonTypeName("merged")
  record Merged(String into) implements Change {}

  /** It is not over after all. */
  @JsonTypeName("reopened")
  record Reopened() implements Change {}

  /** It stands elsewhere now, and that is not its end. */
  @JsonTypeName("moved")
  record Moved(String status) implements Change {}

  /** It is somebody else's now; nobody's when {@code to} is empty. */
  @JsonTypeName("assigned")
  record Assigned(String to) implements Change {}

  /**
   * Something was said about it.
   *
   * @param note the vendor's id of what was said
   */
  @JsonTypeName("noted")
  record Noted(String note, String text) implements Change {}

  /** The name of its type. */
  default String type() {
    return switch (this) {
      case Acknowledged _ -> "acknowledged";
      case Resolved _ -> "resolved";
      case Merged _ -> "merged";
      case Reopened _ -> "reopened";
      case Moved _ -> "moved";
      case Assigned _ -> "assigned";
      case Noted _ -> "noted";
    };
  }
}
