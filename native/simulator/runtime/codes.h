// Error codes that the headers of the oldest wheel do not name.
#pragma once

namespace sim {

constexpr int kStreamAbort = 107023;
constexpr int kStreamSyncTimeout = 507046;
constexpr int kEventSyncTimeout = 507047;

}  // namespace sim
