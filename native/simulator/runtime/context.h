// The device of each thread.
#pragma once

namespace sim {

void set_current_device(int device);

}  // namespace sim
