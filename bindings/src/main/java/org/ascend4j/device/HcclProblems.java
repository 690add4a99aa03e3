package org.ascend4j.device;

import static org.ascend4j.device.KnownNpuProblems.known;

import java.util.List;

/**
 * Failures that prevent the ranks of several NPUs from connecting, or one rank from responding, recognised by HCCL's error codes and messages.
 *
 * <p><b>Not public API</b>: the modules of this project share it.
 *
 * @see <a href="https://www.hiascend.com/document/detail/en/canncommercial/850/commlib/hcclug/hcclug_000035.html">HCCL's guide to its faults</a>
 * @since 0.1.0
 */
public final class HcclProblems {
    static final List<NpuProblem> KNOWN = List.of(
            known(
                    "(by HCCL_SOCKET_IFNAME, but not found|get host ip fail by socket Ifname|\\bEI0001\\b[^\\n]*HCCL_SOCKET_IFNAME)",
                    "HCCL_SOCKET_IFNAME names no network interface of this host",
                    "set HCCL_SOCKET_IFNAME to one that 'ip -br address' lists, such as =eth0, or unset it"),
            known(
                    "(\\b(EI0019|EI0020|EJ0003)\\b|specific port\\[\\d+\\] fail|\\bbind \\S+:(6\\d{4}|16666) failed|Address already in use)",
                    "a port of HCCL is taken",
                    "set HCCL_IF_BASE_PORT (host) or HCCL_NPU_SOCKET_PORT_RANGE=auto (device) to free ports"),
            known(
                    "(\\bEI0015\\b|topo exchange agent get socket timeout|topo exchange server get socket timeout)",
                    "HCCL cannot reach the host of another rank",
                    "set HCCL_SOCKET_IFNAME (or HCCL_IF_IP) on each host to the interface that leads to the others, and"
                            + " HCCL_CONNECT_TIMEOUT to more where ranks start minutes apart"),
            known(
                    "(\\bEI0006\\b|wait socket establish timeout|[Gg]etting socket times out)",
                    "the NPU of another rank does not answer",
                    "look for a rank that failed first, set HCCL_CONNECT_TIMEOUT to more where ranks start minutes apart, and"
                            + " check the NPUs' network with 'hccn_tool -i 0 -link -g'"),
            // Without one of the above messages: time-outs and failures of TCP, RoCE and the network (hccl_types.h).
            known(
                    "HCCL function error: [Hh]ccl(CommInit|GetRootInfo|CreateSubComm)\\w*\\([^\\n]*error code is (9|1[1-4]|19|21|23)\\b",
                    "HCCL cannot connect the NPUs of all ranks",
                    "look for a rank that failed first, open HCCL's ports between the hosts (HCCL_IF_BASE_PORT, by default from"
                            + " 60000 on), and set HCCL_SOCKET_IFNAME to the interface that leads to the others"));

    private HcclProblems() {}

    /** Returns whether a failure is one of these; in that case no rank was lost, the ranks never connected. */
    public static boolean tells(Throwable failure) {
        return NpuProblem.find(failure).filter(KNOWN::contains).isPresent();
    }
}
