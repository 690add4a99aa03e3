package org.ascend4j.distributed;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ascend4j.Ascend4jException;
import org.ascend4j.FileErrors;
import org.ascend4j.Printable;
import org.ascend4j.distributed.Claims.Quantity;

/**
 * The file that RANK_TABLE_FILE names, in either of its two layouts: the servers of a job and the NPUs of each.
 *
 * @see <a href="https://www.hiascend.com/document/detail/zh/CANNCommunityEdition/800alpha003/devguide/hccl/hcclug/hcclug_000015.html">its format</a>
 */
record RankTable(List<Server> servers) {
    static final String VARIABLE = "RANK_TABLE_FILE";

    /** The largest accepted file, in bytes; an NPU takes about 160. */
    private static final int LARGEST = 16 << 20;

    /** The variables in which platforms give a container its address. */
    private static final List<String> OWN_ADDRESS = List.of("MA_CURRENT_IP", "XDL_IP", "POD_IP");

    /** A host and the number of its NPUs that belong to the job. */
    record Server(String address, int devices) {}

    static void read(Map<String, String> environment, Set<String> ownAddresses, Claims claims) {
        String name = environment.get(VARIABLE);
        if (name == null || name.isBlank()) {
            return;
        }
        List<Server> servers = parse(Path.of(name)).servers();
        Server first = servers.get(0);
        for (Server server : servers) {
            if (server.devices() != first.devices()) {
                throw new Ascend4jException(VARIABLE + " expects equally many NPUs on each server, found "
                        + first.devices() + " on " + Printable.of(first.address()) + " and " + server.devices() + " on "
                        + Printable.of(server.address()));
            }
        }
        claims.source(VARIABLE);
        claims.add(Quantity.NODES, VARIABLE, servers.size());
        claims.add(Quantity.LOCAL_SIZE, VARIABLE, first.devices());
        claims.firstHost(first.address());
        for (int i = 0; i < servers.size(); i++) {
            if (isHere(servers.get(i).address(), environment, ownAddresses)) {
                claims.add(Quantity.NODE, VARIABLE, i);
                return;
            }
        }
    }

    private static boolean isHere(String address, Map<String, String> environment, Set<String> ownAddresses) {
        return ownAddresses.contains(address)
                || OWN_ADDRESS.stream().map(environment::get).anyMatch(address::equals);
    }

    static RankTable parse(Path file) {
        JsonNode root;
        try {
            root = new ObjectMapper().readTree(content(file));
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            throw new Ascend4jException(
                    VARIABLE + " expects JSON, found a mistake"
                            + (at == null ? "" : " in line " + at.getLineNr() + ", column " + at.getColumnNr()) + " of "
                            + file,
                    e);
        } catch (IOException e) {
            throw new Ascend4jException(
                    VARIABLE + " expects a readable JSON file, found " + file + ": " + FileErrors.reason(e), e);
        }
        String status = root.path("status").asText();
        if (!status.equals("completed")) {
            throw new Ascend4jException(VARIABLE + " expects a table with status 'completed', found '"
                    + Printable.of(status)
                    + "' in " + file + "; wait until the platform has filled it");
        }
        List<Server> servers = new ArrayList<>();
        root.path("server_list").forEach(server -> servers.add(server(server, "device")));
        root.path("group_list").forEach(group -> group.path("instance_list")
                .forEach(instance -> servers.add(server(instance, "devices"))));
        if (servers.isEmpty() || servers.get(0).devices() == 0) {
            throw new Ascend4jException(
                    VARIABLE + " expects server_list or group_list with NPUs, found neither in " + file);
        }
        return new RankTable(servers);
    }

    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw new Ascend4jException(VARIABLE + " expects at most " + (LARGEST >> 20)
                        + " MiB, a table of some 100,000 NPUs, found more in " + file);
            }
            return bytes;
        }
    }

    private static Server server(JsonNode node, String devices) {
        return new Server(node.path("server_id").asText(), node.path(devices).size());
    }
}
