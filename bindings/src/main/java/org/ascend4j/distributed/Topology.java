package org.ascend4j.distributed;

/**
 * Where the ranks of a run are: equally many on each node.
 *
 * @param source what says so, such as {@code torchrun} or {@code --nproc}
 * @param nodes how many hosts take part
 * @param node which of them this is, from 0
 * @param localSize how many ranks each node has
 * @param masterAddress the name or address of node 0
 * @param masterPort the port where the ranks meet on node 0; 0 for any free one
 */
public record Topology(String source, int nodes, int node, int localSize, String masterAddress, int masterPort) {
    /** The port where ranks meet if nothing else is said: torchrun's. */
    public static final int DEFAULT_PORT = 29500;

    private static final String THIS_HOST = "127.0.0.1";

    /** Returns that of a process on its own. */
    public static Topology alone() {
        return oneNode("one process", 1, 0);
    }

    static Topology oneNode(String source, int localSize, int port) {
        return new Topology(source, 1, 0, localSize, THIS_HOST, port);
    }

    /** Returns how many ranks there are. */
    public int size() {
        return nodes * localSize;
    }

    /** Returns the rank of a process of this node. */
    public Rank rank(int localRank) {
        return new Rank(this, localRank);
    }

    /** Returns this with another port. */
    public Topology withMasterPort(int port) {
        return new Topology(source, nodes, node, localSize, masterAddress, port);
    }

    /** Says it in one line. */
    @Override
    public String toString() {
        String meeting = nodes == 1 ? "" : ", meeting at " + masterAddress + (masterPort == 0 ? "" : ":" + masterPort);
        return size() + (size() == 1 ? " rank" : " ranks") + " (" + nodes + (nodes == 1 ? " node" : " nodes") + " of "
                + localSize + ", this is node " + node + meeting + "; from " + source + ")";
    }
}
