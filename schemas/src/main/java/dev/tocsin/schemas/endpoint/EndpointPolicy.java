// SPDX-License-Identifier: Apache-2.0
package dev.tocsin.schemas.endpoint;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a subscriber's URL may be. Looks at the text alone and resolves nothing, so it is the first
 * of two checks; the second is made with the resolved address at every connect.
 */
public record EndpointPolicy(AddressPolicy addresses) {

  private static final int LONGEST = 2048;

  private static final Pattern PRINTABLE = Pattern.compile("[!-~]*");
  private static final Pattern TRICKS = Pattern.compile("[\\\\\"<>^`{|}]");
  private static final Pattern NAME =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
  private static final Pattern NUMERIC = Pattern.compile("(.*\\.)?(\\d+|0x[0-9a-f]*)");
  private static final Pattern DOTTED_QUAD =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  /** Names that can only lead to something of our own. */
  private static final List<String> LOCAL =
      List.of(
          "localhost", "localdomain", "local", "internal", "intranet", "lan", "home.arpa", "corp");

  /** What listens there by custom speaks no HTTP, or speaks it to whoever asks. */
  private static final Set<Integer> DANGEROUS =
      Set.of(
          1433, 1521, 2049, 2181, 2375, 2376, 2379, 2380, 3306, 3389, 5432, 5672, 5900, 6000, 6379,
          6443, 9042, 9092, 9093, 9094, 9200, 9300, 10250, 11211, 27017);

  /** Everything that is wrong with the URL, in sentences; empty when it may be used. */
  public List<String> faults(String url) {
    if (url.length() > LONGEST) {
      return List.of(
          "the URL should have at most %d characters: has %d".formatted(LONGEST, url.length()));
    }
    if (!PRINTABLE.matcher(url).matches() || TRICKS.matcher(url).find()) {
      return List.of(
          "the URL should be printable ASCII without \\ \" < > ^ ` { | } and spaces;"
              + " write other letters of a host name in punycode (xn--...)");
    }
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException e) {
      return List.of("the URL cannot be read: " + e.getReason());
    }
    return faults(uri);
  }

  private List<String> faults(URI uri) {
    List<String> faults = new ArrayList<>();
    String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
    if (!scheme.equals("https") && !scheme.equals("http")) {
      faults.add("the scheme should be https or http: was '%s'".formatted(scheme));
      return faults;
    }
    String authority = String.valueOf(uri.getRawAuthority());
    if (authority.contains("@")) {
      faults.add("the URL should hold no user name or password");
    }
    if (uri.getRawFragment() != null) {
      faults.add("the URL should have no #fragment: it would not be sent");
    }
    if (String.valueOf(uri.getPath()).startsWith(Hops.INGEST_PATH)) {
      faults.add(
          "the path %s is where Tocsin takes alerts, and events sent there would go round for ever"
              .formatted(Hops.INGEST_PATH));
    }
    String host = uri.getHost();
    if (host == null || host.isEmpty()) {
      faults.add("the host cannot be read: '%s'".formatted(authority));
      return faults;
    }
    host(host.toLowerCase(Locale.ROOT), faults);
    port(uri.getPort(), host, faults);
    return faults;
  }

  private void host(String host, List<String> faults) {
    if (host.startsWith("[")) {
      literal(host.substring(1, host.length() - 1), faults);
    } else if (NUMERIC.matcher(host).matches()) {
      if (DOTTED_QUAD.matcher(host).matches()) {
        literal(host, faults);
      } else {
        faults.add(
            "an IPv4 address should be four decimal numbers, as 192.0.2.1: was '%s'"
                .formatted(host));
      }
    } else if (!NAME.matcher(host).matches() || host.length() > 253) {
      faults.add(
          "'%s' is not a host name: it should be letters, digits, dots and hyphens, with no trailing dot"
              .formatted(host));
    } else if (addresses.allowed().isEmpty() && isLocal(host)) {
      faults.add(
          ("'%s' can only be a host of this network; deliveries go to public addresses unless"
                  + " tocsin.notifier.webhook.allowed-networks holds the network")
              .formatted(host));
    }
  }

  private void literal(String text, List<String> faults) {
    if (text.contains("%")) {
      faults.add("an address should have no zone: was '%s'".formatted(text));
      return;
    }
    addresses
        .refusal(InetAddress.ofLiteral(text))
        .ifPresent(
            why ->
                faults.add(
                    why
                        + "; an operator can allow its network in"
                        + " tocsin.notifier.webhook.allowed-networks"));
  }

  private void port(int port, String host, List<String> faults) {
    boolean isUsual = port == -1 || port == 80 || port == 443;
    boolean isFree = port >= 1024 && port <= 65_535 && !DANGEROUS.contains(port);
    if (!isUsual && !isFree && !isAllowedAddress(host)) {
      faults.add(
          ("the port should be 80, 443 or above 1023, and not one where databases, brokers and the"
                  + " like listen: was %d")
              .formatted(port));
    }
  }

  private boolean isAllowedAddress(String host) {
    return DOTTED_QUAD.matcher(host).matches() && addresses.isAllowed(InetAddress.ofLiteral(host));
  }

  private static boolean isLocal(String host) {
    return host.indexOf('.') < 0
        || LOCAL.stream().anyMatch(name -> host.equals(name) || host.endsWith('.' + name));
  }
}
