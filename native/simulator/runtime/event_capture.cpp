// Events in captures: they join streams to a capture, and refuse work outside it and other captures.
#include "codes.h"
#include "event.h"

namespace sim {

namespace {

aclError refuse_external() { return unsimulated("ACL_EVENT_EXTERNAL in a capture"); }

/** Joins STREAM, which waits for an event of CAPTURE, to it unless it is captured; returns its participation. */
Participation join(const std::shared_ptr<Capture>& capture, Stream* stream) {
    if (!stream->participation()) {
        capture->join(stream);
    }
    return stream->participation();
}

/** Makes a captured stream wait for an event that no open capture has recorded. */
aclError wait_for_outside(Event* event) {
    if (event->is_external()) {
        return refuse_external();
    }
    if (!event->is_extended()) {
        return fail(kFeatureNotSupported, "a captured stream cannot wait for an event of aclrtCreateEvent");
    }
    if (event->latest().first != nullptr) {
        return fail(kCaptureDependency, "a captured stream waits for an event of outside the capture");
    }
    return ACL_SUCCESS;
}

}  // namespace

aclError capture_record(Event* event, Stream* stream) {
    if (event->is_external()) {
        return refuse_external();
    }
    if (!event->is_extended()) {
        return fail(kFeatureNotSupported, "a captured stream cannot record an event of aclrtCreateEvent");
    }
    if (event->can_be_awaited()) {
        Participation part = stream->participation();
        event->set_captured(part.capture, part.capture->graph().add_record(part.lane));
    }
    return ACL_SUCCESS;
}

aclError capture_wait(Event* event, aclrtStream handle) {
    std::shared_ptr<Capture> capture = event->capture();
    if (capture == nullptr) {
        return wait_for_outside(event);
    }
    if (handle == nullptr) {
        return fail(kCaptureImplicit, "the default stream cannot wait for a captured event");
    }
    Participation part = join(capture, stream_of(handle));
    if (part.capture != capture) {
        capture->invalidate();
        part.capture->invalidate();
        return fail(kCaptureConflict, "a stream waits for an event of another capture");
    }
    capture->graph().add_wait(part.lane, event->captured_at());
    return ACL_SUCCESS;
}

}  // namespace sim
