// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.launcher;

import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.ApplicationContextException;

/** Why something failed, in one line for the person at the command line. */
final class Cause {

  private Cause() {}

  /** What the failure and its causes say, the outermost first, each word once. */
  static String inWords(Throwable failure) {
    Set<String> words = new LinkedHashSet<>();
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException wrong && wrong.getProperty() != null) {
        words.add(of(wrong.getProperty(), wrong));
        break;
      }
      if (cause instanceof PortInUseException taken) {
        words.add("port %d is in use; stop what has it, or set another".formatted(taken.getPort()));
        break;
      }
      // A wrapper without words of its own repeats those of what it wraps.
      if (!isTheWordsOf(cause, cause.getCause()) && !isOnlyWiring(cause)) {
        words.add(of(cause));
      }
    }
    return String.join(": ", words);
  }

  /** Which of our parts could not be made says nothing to an operator; why it could not does. */
  private static boolean isOnlyWiring(Throwable cause) {
    return cause.getCause() != null
        && (cause instanceof BeansException
            || cause instanceof ApplicationContextException
            || cause instanceof BindException);
  }

  /** A setting that is there, and is not what it should be. */
  private static String of(ConfigurationProperty setting, Throwable wrong) {
    Throwable deepest = wrong;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return "%s cannot be '%s' (%s): %s"
        .formatted(setting.getName(), setting.getValue(), setting.getOrigin(), of(deepest));
  }

  private static boolean isTheWordsOf(Throwable wrapper, @Nullable Throwable wrapped) {
    return wrapped != null && wrapped.toString().equals(wrapper.getMessage());
  }

  private static String of(Throwable cause) {
    String said = cause.getMessage();
    String words =
        switch (cause) {
          case NoSuchFileException _ -> "there is no " + said;
          case AccessDeniedException _ -> said + " is not open to this user";
          case FileAlreadyExistsException _ -> said + " is there already, and is something else";
          case NotDirectoryException _ -> said + " is no directory";
          case DirectoryNotEmptyException _ -> said + " is not empty";
          default -> said == null || said.isBlank() ? cause.getClass().getSimpleName() : said;
        };
    return words.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
  }
}
