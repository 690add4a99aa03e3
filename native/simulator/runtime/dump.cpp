// Dumping of operators' inputs and outputs: calls succeed, but nothing is written.
#include <acl/acl.h>

extern "C" {

aclError aclmdlInitDump() { return ACL_SUCCESS; }
aclError aclmdlSetDump(const char*) { return ACL_SUCCESS; }
aclError aclmdlFinalizeDump() { return ACL_SUCCESS; }

}  // extern "C"
