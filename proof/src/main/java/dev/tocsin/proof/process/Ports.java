// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.proof.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * Ports that stay free while the program that listens there is dead: below those that the kernel
 * gives to outgoing connections.
 */
final class Ports {

  private static final int FIRST = 20_000;
  private static final int LAST = 32_000;

  private int next = FIRST + (int) (ProcessHandle.current().pid() * 37 % (LAST - FIRST));

  int take() {
    for (int i = FIRST; i < LAST; i++) {
      int port = next;
      next = next + 1 == LAST ? FIRST : next + 1;
      if (isFree(port)) {
        return port;
      }
    }
    throw new IllegalStateException("no free port from %d to %d".formatted(FIRST, LAST));
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
