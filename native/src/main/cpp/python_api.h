// The few functions of libpython that are called, looked up by name; every CPython since 3.9 has them.
#pragma once

#include <cstddef>
#include <string>

namespace ascend4j {

struct PyObject;  // opaque: no code here depends on an object's layout

struct PythonApi {
  explicit PythonApi(const std::string& libpython);

  int (*Py_IsInitialized)();
  wchar_t* (*Py_DecodeLocale)(const char*, size_t*);
  void (*Py_SetProgramName)(const wchar_t*);
  void (*Py_InitializeEx)(int);
  void* (*PyEval_SaveThread)();
  int (*PyGILState_Ensure)();
  void (*PyGILState_Release)(int);
  PyObject* (*PyImport_AddModule)(const char*);     // borrowed
  PyObject* (*PyImport_ImportModule)(const char*);  // new
  PyObject* (*PyModule_GetDict)(PyObject*);         // borrowed
  PyObject* (*PyRun_StringFlags)(const char*, int, PyObject*, PyObject*, void*);
  PyObject* (*PyObject_Str)(PyObject*);
  PyObject* (*PyObject_CallMethod)(PyObject*, const char*, const char*, ...);
  PyObject* (*PyUnicode_FromString)(const char*);
  PyObject* (*PyUnicode_Join)(PyObject*, PyObject*);
  const char* (*PyUnicode_AsUTF8AndSize)(PyObject*, ptrdiff_t*);
  void (*PyErr_Fetch)(PyObject**, PyObject**, PyObject**);
  void (*PyErr_NormalizeException)(PyObject**, PyObject**, PyObject**);
  void (*PyErr_Clear)();
  void (*Py_DecRef)(PyObject*);
  PyObject* none;
};

}  // namespace ascend4j
