package org.ascend4j.distributed;

import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.ascend4j.Ascend4jException;

/** The values that options and environment variables give for the ranks; two values that contradict each other are an error that names both sources. */
final class Claims {
    /** The quantities that can be given. */
    enum Quantity {
        NODES("number of nodes"),
        NODE("rank of this node"),
        SIZE("number of ranks"),
        LOCAL_SIZE("number of ranks on a node"),
        RANK("rank of this process"),
        LOCAL_RANK("rank of this process on its node"),
        MASTER_ADDRESS("address of node 0"),
        MASTER_PORT("port of node 0");

        private final String words;

        Quantity(String words) {
            this.words = words;
        }
    }

    private record Claim(String name, Object value) {}

    private final Map<Quantity, Claim> claims = new EnumMap<>(Quantity.class);
    private final Set<String> sources = new LinkedHashSet<>();
    private int devices;
    private String firstHost;
    private String launcherSources;

    /** Records a value and the name of its source. */
    void add(Quantity quantity, String name, Object value) {
        Claim earlier = claims.putIfAbsent(quantity, new Claim(name, value));
        if (earlier != null && !earlier.value.equals(value)) {
            throw new Ascend4jException("the " + quantity.words + " expects one value, found " + earlier.value
                    + " from " + earlier.name + " and " + value + " from " + name + "; correct one of them");
        }
    }

    /** Records the value of a variable, if it is set; it must be a number of at least {@code least}. */
    void addNumber(Quantity quantity, String name, String value, int least) {
        if (value != null && !value.isBlank()) {
            add(quantity, name, number(name, value, least));
        }
    }

    static int number(String name, String value, int least) {
        try {
            int number = Integer.parseInt(value.strip());
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Reported below.
        }
        throw new Ascend4jException(name + " expects a number, " + least + " or more, found '" + value + "'");
    }

    /** Records the name of a source. */
    void source(String name) {
        sources.add(name);
    }

    /** Records the sources from which the launcher of this process got its values. */
    void launchedFrom(String names) {
        launcherSources = names;
    }

    /** Records how many devices a node has; this is the default number of ranks per node. */
    void devices(int count) {
        devices = count;
    }

    /** Records a name of node 0, which is used if no other source gives one. */
    void firstHost(String name) {
        firstHost = firstHost == null ? name : firstHost;
    }

    boolean has(Quantity quantity) {
        return claims.containsKey(quantity);
    }

    int number(Quantity quantity, int otherwise) {
        Claim claim = claims.get(quantity);
        return claim == null ? otherwise : (Integer) claim.value;
    }

    /** Returns the number, or throws an error that names the setting to add. */
    int required(Quantity quantity, String remedy) {
        if (!has(quantity)) {
            throw new Ascend4jException("the " + quantity.words + " is not known; set " + remedy);
        }
        return number(quantity, 0);
    }

    /** Returns the name of the source that gave a quantity. */
    String name(Quantity quantity) {
        return claims.containsKey(quantity) ? claims.get(quantity).name : "by default";
    }

    String masterAddress() {
        Claim claim = claims.get(Quantity.MASTER_ADDRESS);
        return claim == null ? firstHost : (String) claim.value;
    }

    /** Returns the default number of ranks per node. */
    int defaultLocalSize() {
        return Math.max(devices, 1);
    }

    String sources() {
        return launcherSources == null ? String.join(", ", sources) : launcherSources;
    }
}
