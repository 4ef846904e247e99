// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.kafka.topic;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first word with a broker, before any client has it. A client takes the first four bytes of an
 * answer for a length and asks for so much memory: those of a TLS alert, or of an HTTP server, are
 * more than there is, and the process ends without saying why.
 */
final class Greeting {

  private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);
  private static final int PATIENCE_MILLIS = 1_000;

  /** An answer to what is asked here has some hundred bytes. */
  private static final int LONGEST_ANSWER = 1 << 20;

  private static final Set<String> PLAIN = Set.of("PLAINTEXT", "SASL_PLAINTEXT");
  private static final byte TLS_ALERT = 0x15;

  private Greeting() {}

  /** Refuses addresses where something answers that is no broker; who does not answer may come. */
  static void refuseStrangers(Map<String, Object> client) {
    Object protocol =
        client.getOrDefault(
            CommonClientConfigs.SECURITY_PROTOCOL_CONFIG,
            CommonClientConfigs.DEFAULT_SECURITY_PROTOCOL);
    if (PLAIN.contains(String.valueOf(protocol))) {
      addresses(client.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG))
          .forEach(Greeting::refuseStranger);
    }
  }

  private static List<String> addresses(@Nullable Object configured) {
    return configured instanceof Collection<?> several
        ? several.stream().map(String::valueOf).map(String::strip).toList()
        : List.of(String.valueOf(configured).strip().split("\\s*,\\s*"));
  }

  private static void refuseStranger(String address) {
    String host = Utils.getHost(address);
    Integer port = Utils.getPort(address);
    if (host == null || port == null) {
      return; // The client says what is wrong with it.
    }
    byte[] begin = new byte[Integer.BYTES];
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(host, port), PATIENCE_MILLIS);
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(whichVersions());
      new DataInputStream(socket.getInputStream()).readFully(begin);
    } catch (IOException e) {
      LOG.debug("{} does not answer yet", address, e);
      return;
    }
    int length = ByteBuffer.wrap(begin).getInt();
    if (length < 0 || length > LONGEST_ANSWER) {
      throw new NotKafkaException(address, stranger(begin));
    }
  }

  /**
   * A request that a broker answers before anybody logs in: which versions of requests it takes.
   */
  private static byte[] whichVersions() {
    int header = Short.BYTES + Short.BYTES + Integer.BYTES + Short.BYTES;
    return ByteBuffer.allocate(Integer.BYTES + header)
        .putInt(header)
        .putShort(ApiKeys.API_VERSIONS.id)
        .putShort((short) 0)
        .putInt(0)
        .putShort((short) -1)
        .array();
  }

  private static String stranger(byte[] begin) {
    if (begin[0] == TLS_ALERT) {
      return "it speaks TLS: set spring.kafka.security.protocol to SSL or SASL_SSL";
    }
    return new String(begin, StandardCharsets.ISO_8859_1).equals("HTTP")
        ? "it speaks HTTP: give the address of Kafka itself"
        : "it speaks something else: give the address of Kafka itself";
  }

  /** Something answers at the address of a broker, and is none that can be spoken with. */
  static final class NotKafkaException extends NotUsableException {

    private NotKafkaException(String address, String why) {
      super(
          "spring.kafka.bootstrap-servers has %s, where no broker answers in plain text: %s"
              .formatted(address, why));
    }
  }
}
