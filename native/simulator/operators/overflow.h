// The overflow flag of the first generation of cards: set by a kernel that meets an infinity or NaN, until cleared.
#pragma once

#include "objects.h"

#include <optional>
#include <vector>

namespace sim {

/** True on cards that train in saturation mode. Their numbers are not saturated here, only the flag is simulated. */
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
