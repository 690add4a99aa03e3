// How libascendcl passes an aclop call to libopapi, which exports simAclopTYPE(const AclopCall&, aclrtStream).
#pragma once

#include "simulator.h"

#include <map>
#include <vector>

namespace sim {

struct AclopTensor {
    aclDataType type;
    std::vector<int64_t> sizes;
    void* data;
};

struct AclopCall {
    std::vector<AclopTensor> inputs, outputs;
    std::map<std::string, std::vector<int64_t>> integers;  // integer or boolean attributes, or lists of them
    std::map<std::string, std::string> strings;
};

}  // namespace sim
