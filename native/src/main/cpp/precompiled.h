// The headers of libtorch that take most of the time in the sources that include ATen/ATen.h: both builds of these sources (Makefile, ../../../arm64/build.py)
// parse them once, and no other file includes this one.
#include <ATen/ATen.h>
#include <ATen/record_function.h>
#include <torch/csrc/autograd/custom_function.h>
