#include "python_api.h"

#include <dlfcn.h>

#include <stdexcept>

namespace ascend4j {

namespace {

// RTLD_GLOBAL, because libtorch_python and every extension module expect CPython's symbols in the process.
void* open_library(const std::string& libpython) {
  void* library = dlopen(libpython.c_str(), RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr) {
    throw std::runtime_error("cannot open libpython: " + std::string(dlerror()));
  }
  return library;
}

template <typename Function>
void resolve(void* library, const char* name, Function& function) {
  void* symbol = dlsym(library, name);
  if (symbol == nullptr) {
    throw std::runtime_error("expected CPython 3.9 or newer, found a library without " + std::string(name));
  }
  function = reinterpret_cast<Function>(symbol);
}

}  // namespace

PythonApi::PythonApi(const std::string& libpython) {
  void* library = open_library(libpython);
#define RESOLVE(name) resolve(library, #name, name)
  RESOLVE(Py_IsInitialized);
  RESOLVE(Py_DecodeLocale);
  RESOLVE(Py_SetProgramName);
  RESOLVE(Py_InitializeEx);
  RESOLVE(PyEval_SaveThread);
  RESOLVE(PyGILState_Ensure);
  RESOLVE(PyGILState_Release);
  RESOLVE(PyImport_AddModule);
  RESOLVE(PyImport_ImportModule);
  RESOLVE(PyModule_GetDict);
  RESOLVE(PyRun_StringFlags);
  RESOLVE(PyObject_Str);
  RESOLVE(PyObject_CallMethod);
  RESOLVE(PyUnicode_FromString);
  RESOLVE(PyUnicode_Join);
  RESOLVE(PyUnicode_AsUTF8AndSize);
  RESOLVE(PyErr_Fetch);
  RESOLVE(PyErr_NormalizeException);
  RESOLVE(PyErr_Clear);
  RESOLVE(Py_DecRef);
#undef RESOLVE
  resolve(library, "_Py_NoneStruct", none);
}

}  // namespace ascend4j
