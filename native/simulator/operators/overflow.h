// The overflow flag of the first generation of cards: a kernel that encounters an infinity or NaN sets it, and it stays
// set until it is cleared.
#pragma once

#include "objects.h"

#include <optional>
#include <vector>

namespace sim {

/** Returns true for cards that train in saturation mode. Numbers are not saturated here; only the flag is simulated. */
bool has_overflow_flag();

bool overflow_flag();
void clear_overflow_flag();

void note_overflow(const aclTensor& tensor);

template <typename Kept>
void note_overflow(const Kept&) {}

template <typename Item>
void note_overflow(const std::optional<Item>& item) {
    if (item) {
        note_overflow(*item);
    }
}

inline void note_overflow(const std::vector<aclTensor>& list) {
    for (const aclTensor& item : list) {
        note_overflow(item);
    }
}

}  // namespace sim
