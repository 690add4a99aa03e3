// A stand-in, see README.md.
#pragma once

namespace gloo {
class Context;
}
