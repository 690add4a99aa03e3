// Profiling hooks that torch_npu calls for every operator; they do nothing.
#include <cstddef>
#include <cstdint>

extern "C" {

uint64_t MsprofGetHashId(char*, size_t) { return 0; }
int32_t MsprofRegisterCallback(uint32_t, void*) { return 0; }
int32_t MsprofReportAdditionalInfo(uint32_t, void*, uint32_t) { return 0; }
int32_t MsprofReportApi(uint32_t, const void*) { return 0; }
int32_t MsprofReportCompactInfo(uint32_t, void*, uint32_t) { return 0; }
uint64_t MsprofSysCycleTime() { return 0; }

}  // extern "C"
