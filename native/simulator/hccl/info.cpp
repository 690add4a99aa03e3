// What HCCL says about itself.
#include <hccl/hccl.h>

extern "C" {

uint32_t HcclGetCommConfigCapability() { return 0; }
HcclResult HcclSetConfig(HcclConfig, HcclConfigValue) { return HCCL_SUCCESS; }

}  // extern "C"
