package org.ascend4j.distributed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The messages are those of torch 2.7.1, gloo and torch_npu 2.7.1, as observed or as in their sources. */
class LostPeerTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "[/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:534] Connection closed by peer [127.0.0.1]:58569",
                "[/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:525] Read error [127.0.0.1]:58569: Connection reset by peer",
                "[/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:272] writev [10.9.0.2]:31: Broken pipe",
                "[/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:525] Read error [10.9.0.2]:31: No route to host",
                "[/pytorch/third_party/gloo/gloo/transport/tcp/unbound_buffer.cc:78] Timed out waiting 4000ms for recv operation to complete",
                "[/pytorch/third_party/gloo/gloo/transport/tcp/unbound_buffer.cc:119] Timed out waiting 4000ms for send operation to complete",
                "Application timeout caused pair closure",
                "Wait timeout",
                "batch norm over all ranks: [/pytorch/third_party/gloo/gloo/transport/tcp/pair.cc:534] Connection closed by peer",
                "[Rank 0] Watchdog caught collective operation timeout: WorkHCCL(SeqNum=7, OpType=ALLREDUCE)",
                "checkHcclError:ProcessGroupHCCL.cpp:100 HCCL function error: HcclAllReduce(input, output), error code is 21[ERROR]",
                "allreduce:ProcessGroupHCCL.cpp:100 HCCL function error: HcclAllReduce(input, output), error code is 9[ERROR]",
                "CopyKernelOpApi.cpp:57 NPU function error: SUSPECT REMOTE ERROR, error code is 507057",
                "NCCL error in: NCCLUtils.hpp:328, remote process exited or there was a network error, ncclRemoteError"
            })
    void aBrokenConnectionOrATimeOutIsALostPeer(String message) {
        assertThat(LostPeer.tells(new RuntimeException("torch failed", new RuntimeException(message))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "start out of range (expected to be in range of [-0, 0], but got 2883594)",
                "Could not resolve the process group registered under the name ascend4j",
                "[enforce fail at alloc_cpu.cpp:118] err == 0. DefaultCPUAllocator: can't allocate memory",
                "NPU out of memory. Tried to allocate 2.00 GiB",
                "aclnnCat or aclnnCatGetWorkspaceSize not in libopapi.so",
                "allreduce:ProcessGroupHCCL.cpp:100 HCCL function error: HcclAllReduce(input, output), error code is 1[ERROR]",
                "allreduce:ProcessGroupHCCL.cpp:100 HCCL function error: HcclAllReduce(input, output), error code is 3[ERROR]",
                "allreduce:ProcessGroupHCCL.cpp:100 HCCL function error: HcclAllReduce(input, output), error code is 210[ERROR]",
                "Invalid function argument: unsupported layout",
                "ACL stream synchronize failed, error code:507018"
            })
    void anyOtherFailureIsNot(String message) {
        assertThat(LostPeer.tells(new RuntimeException(message))).isFalse();
    }

    @Test
    void aFailureMayHaveNoMessage() {
        assertThat(LostPeer.tells(new RuntimeException())).isFalse();
    }
}
