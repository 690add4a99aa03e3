#include "python.h"

#include <memory>
#include <mutex>
#include <stdexcept>

#include "python_api.h"

namespace ascend4j {

namespace {

// Start symbols of the grammar in Python.h, unchanged since Python 2.
constexpr int kEvalInput = 258;
constexpr int kFileInput = 257;

std::mutex start_mutex;
// Written once under start_mutex and never freed: threads of torch may still hold Python objects when the process ends.
const PythonApi* python = nullptr;

const PythonApi& api() {
  std::lock_guard<std::mutex> lock(start_mutex);
  if (python == nullptr) {
    throw std::runtime_error("expected a running Python, found none: start EmbeddedPython first");
  }
  return *python;
}

class Gil {
 public:
  explicit Gil(const PythonApi& py) : py_(py), state_(py.PyGILState_Ensure()) {}
  ~Gil() { py_.PyGILState_Release(state_); }
  Gil(const Gil&) = delete;
  Gil& operator=(const Gil&) = delete;

 private:
  const PythonApi& py_;
  int state_;
};

using Object = std::unique_ptr<PyObject, void (*)(PyObject*)>;

Object owned(const PythonApi& py, PyObject* object) { return Object(object, py.Py_DecRef); }

std::string text(const PythonApi& py, PyObject* string) {
  ptrdiff_t size = 0;
  const char* utf8 = string == nullptr ? nullptr : py.PyUnicode_AsUTF8AndSize(string, &size);
  if (utf8 == nullptr) {
    py.PyErr_Clear();
    return "(a Python object without a text)";
  }
  return std::string(utf8, static_cast<size_t>(size));
}

// Clears the pending exception and returns the text that Python would have printed.
std::string traceback(const PythonApi& py) {
  PyObject *type = nullptr, *value = nullptr, *trace = nullptr;
  py.PyErr_Fetch(&type, &value, &trace);
  py.PyErr_NormalizeException(&type, &value, &trace);
  Object held_type = owned(py, type), held_value = owned(py, value), held_trace = owned(py, trace);
  Object module = owned(py, py.PyImport_ImportModule("traceback"));
  if (module != nullptr) {
    Object lines = owned(py, py.PyObject_CallMethod(module.get(), "format_exception", "OOO", type,
                                                    value != nullptr ? value : py.none,
                                                    trace != nullptr ? trace : py.none));
    Object empty = owned(py, py.PyUnicode_FromString(""));
    if (lines != nullptr && empty != nullptr) {
      return text(py, owned(py, py.PyUnicode_Join(empty.get(), lines.get())).get());
    }
  }
  py.PyErr_Clear();
  return text(py, owned(py, py.PyObject_Str(value)).get());
}

// The caller must hold the GIL.
Object execute(const PythonApi& py, const std::string& code, int start) {
  PyObject* globals = py.PyModule_GetDict(py.PyImport_AddModule("__main__"));
  Object result = owned(py, py.PyRun_StringFlags(code.c_str(), start, globals, globals, nullptr));
  if (result == nullptr) {
    throw std::runtime_error(traceback(py));
  }
  return result;
}

}  // namespace

void python_start(const std::string& libpython, const std::string& executable) {
  std::lock_guard<std::mutex> lock(start_mutex);
  if (python != nullptr) {
    throw std::runtime_error("Python is already running in this process, and a process can start it once");
  }
  auto py = std::make_unique<PythonApi>(libpython);
  if (py->Py_IsInitialized() != 0) {
    throw std::runtime_error("another part of this process already runs Python: " + libpython);
  }
  wchar_t* name = py->Py_DecodeLocale(executable.c_str(), nullptr);
  if (name == nullptr) {
    throw std::runtime_error("the path of Python cannot be read in this locale: " + executable);
  }
  py->Py_SetProgramName(name);  // Python keeps the pointer until the process ends
  py->Py_InitializeEx(0);
  // Modules expect the variables that the python command would have set.
  execute(*py, "import sys\nsys.argv = ['']\n", kFileInput);
  py->PyEval_SaveThread();
  python = py.release();
}

bool python_started() {
  std::lock_guard<std::mutex> lock(start_mutex);
  return python != nullptr;
}

void python_run(const std::string& code) {
  const PythonApi& py = api();
  Gil gil(py);
  execute(py, code, kFileInput);
}

std::string python_eval(const std::string& expression) {
  const PythonApi& py = api();
  Gil gil(py);
  Object value = execute(py, expression, kEvalInput);
  Object string = owned(py, py.PyObject_Str(value.get()));
  if (string == nullptr) {
    throw std::runtime_error(traceback(py));
  }
  return text(py, string.get());
}

}  // namespace ascend4j
