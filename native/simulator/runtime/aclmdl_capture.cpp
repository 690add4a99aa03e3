// The C interface of captures, with the rules and codes of CANN's open-source runtime (hicann/runtime, 8.5.0 to 9.1.0).
#include "capture.h"
#include "codes.h"
#include "graph_handle.h"
#include "settings.h"
#include "stream.h"

namespace sim {

namespace {

aclError null_argument(const char* function) {
    return fail(ACL_ERROR_INVALID_PARAM, std::string(function) + ": a parameter is null");
}

aclError begin(Stream* stream, aclmdlRICaptureMode mode) {
    if (is_first_generation() || find_fault("capture-refused") != nullptr) {
        return fail(kFeatureNotSupported, "aclmdlRICaptureBegin: " + settings().soc + " cannot capture");
    }
    if (mode < ACL_MODEL_RI_CAPTURE_MODE_GLOBAL || mode > ACL_MODEL_RI_CAPTURE_MODE_RELAXED) {
        return fail(ACL_ERROR_RT_PARAM_INVALID, "aclmdlRICaptureBegin: there is no mode " + std::to_string(mode));
    }
    if (stream->participation()) {
        return fail(kStreamCaptured, "aclmdlRICaptureBegin: the stream is captured already");
    }
    std::make_shared<Capture>(stream->device(), mode)->join(stream);
    trace("aclmdlRICaptureBegin on stream " + std::to_string(stream->id()));
    return ACL_SUCCESS;
}

aclError check_end(const Capture& capture) {
    if (!capture.began_here() && capture.mode() != ACL_MODEL_RI_CAPTURE_MODE_RELAXED) {
        return fail(kCaptureWrongThread, "aclmdlRICaptureEnd on another thread than the one that began");
    }
    if (!capture.is_valid()) {
        return fail(kCaptureInvalidated, "aclmdlRICaptureEnd: an error has invalidated the capture");
    }
    if (!capture.graph().is_joined()) {
        return fail(kStreamUnjoined, "aclmdlRICaptureEnd: a stream has not been joined to the one that began");
    }
    return ACL_SUCCESS;
}

aclError end(Stream* stream, aclmdlRI* handle) {
    std::shared_ptr<Capture> capture = stream->participation().capture;
    *handle = nullptr;
    if (capture == nullptr) {
        return fail(kStreamNotCaptured, "aclmdlRICaptureEnd: the stream is not captured");
    }
    if (!capture->began_on(stream)) {
        return fail(kCaptureUnmatched, "aclmdlRICaptureEnd: the capture began on another stream");
    }
    aclError code = check_end(*capture);
    capture->close();
    if (code != ACL_SUCCESS) {
        remove_graph(capture->handle());
        return code;
    }
    capture->graph().seal();
    *handle = capture->handle();
    trace("aclmdlRICaptureEnd: " + std::to_string(capture->graph().operators()) + " operators");
    return ACL_SUCCESS;
}

}  // namespace

aclError check_capturable(const char* name) {
    static const bool injected = find_fault("capture-op") != nullptr;
    if (injected && find_fault("capture-op", name) != nullptr && is_capturing(current_device())) {
        return fail(kStreamCaptured, std::string(name) + " waits for its stream, which a capture refuses (injected)");
    }
    return ACL_SUCCESS;
}

}  // namespace sim

extern "C" {

aclError aclmdlRICaptureBegin(aclrtStream stream, aclmdlRICaptureMode mode) {
    return stream == nullptr ? sim::null_argument("aclmdlRICaptureBegin") : sim::begin(sim::stream_of(stream), mode);
}

aclError aclmdlRICaptureEnd(aclrtStream stream, aclmdlRI* handle) {
    return stream == nullptr || handle == nullptr ? sim::null_argument("aclmdlRICaptureEnd")
                                                  : sim::end(sim::stream_of(stream), handle);
}

aclError aclmdlRICaptureGetInfo(aclrtStream stream, aclmdlRICaptureStatus* status, aclmdlRI* handle) {
    if (stream == nullptr || (status == nullptr && handle == nullptr)) {
        return sim::null_argument("aclmdlRICaptureGetInfo");
    }
    std::shared_ptr<sim::Capture> capture = sim::stream_of(stream)->participation().capture;
    if (status != nullptr) {
        *status = capture == nullptr    ? ACL_MODEL_RI_CAPTURE_STATUS_NONE
                  : capture->is_valid() ? ACL_MODEL_RI_CAPTURE_STATUS_ACTIVE
                                        : ACL_MODEL_RI_CAPTURE_STATUS_INVALIDATED;
    }
    if (handle != nullptr) {
        *handle = capture == nullptr ? nullptr : capture->handle();
    }
    return ACL_SUCCESS;
}

SIM_EXPORT aclError aclmdlRICaptureThreadExchangeMode(aclmdlRICaptureMode* mode) {
    if (mode == nullptr) {
        return sim::null_argument("aclmdlRICaptureThreadExchangeMode");
    }
    *mode = sim::exchange_capture_mode(*mode);
    return ACL_SUCCESS;
}

}  // extern "C"
