package org.ascend4j.distributed;

/**
 * The placement of a run's ranks: the same number on each node.
 *
 * @param source the source of these values, such as {@code torchrun} or {@code --nproc}
 * @param nodes the number of hosts
 * @param node the index of this host, from 0
 * @param localSize the number of ranks on each node
 * @param masterAddress the name or address of node 0
 * @param masterPort the port on node 0 through which the ranks connect; 0 for any free one
 * @since 0.1.0
 */
public record Topology(String source, int nodes, int node, int localSize, String masterAddress, int masterPort) {
    /** The default port on node 0, as in torchrun. */
    public static final int DEFAULT_PORT = 29500;

    private static final String THIS_HOST = "127.0.0.1";

    /** Returns the topology of a single process. */
    public static Topology alone() {
        return oneNode("one process", 1, 0);
    }

    static Topology oneNode(String source, int localSize, int port) {
        return new Topology(source, 1, 0, localSize, THIS_HOST, port);
    }

    /** Returns the total number of ranks. */
    public int size() {
        return nodes * localSize;
    }

    /** Returns the rank with that index on this node. */
    public Rank rank(int localRank) {
        return new Rank(this, localRank);
    }

    /** Returns this topology with another port. */
    public Topology withMasterPort(int port) {
        return new Topology(source, nodes, node, localSize, masterAddress, port);
    }

    /** Returns a one-line description. */
    @Override
    public String toString() {
        String meeting = nodes == 1 ? "" : ", meeting at " + masterAddress + (masterPort == 0 ? "" : ":" + masterPort);
        return size() + (size() == 1 ? " rank" : " ranks") + " (" + nodes + (nodes == 1 ? " node" : " nodes") + " of "
                + localSize + ", this is node " + node + meeting + "; from " + source + ")";
    }
}
