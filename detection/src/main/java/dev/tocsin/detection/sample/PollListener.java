// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.detection.sample;

/** Hears how the polls of watched queries go. */
public interface PollListener {

  void polled(String query, int samples);

  void failed(String query);
}
