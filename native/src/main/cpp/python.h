// The interpreter that torch_npu's wheel needs, embedded in the JVM. libpython is opened at run time and never linked.
#pragma once

#include <string>

namespace ascend4j {

// Opens libpython for the whole process, starts the interpreter as if it were `executable` (so that its virtual
// environment applies), installs no signal handlers, and releases the GIL permanently. A process can start Python only
// once.
void python_start(const std::string& libpython, const std::string& executable);

// Returns whether python_start succeeded in this process.
bool python_started();

// Runs statements in __main__; a Python exception becomes a C++ one that contains the traceback.
void python_run(const std::string& code);

// Returns str() of an expression evaluated in __main__.
std::string python_eval(const std::string& expression);

}  // namespace ascend4j
