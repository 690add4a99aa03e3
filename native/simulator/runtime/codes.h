// Error codes that the headers of the oldest wheel do not name.
#pragma once

namespace sim {

constexpr int kInvalidHandle = 107017;
constexpr int kStreamAbort = 107023;
constexpr int kStreamSyncTimeout = 507046;
constexpr int kEventSyncTimeout = 507047;

// Captures.
constexpr int kCaptureDependency = 107024;   // a captured stream waits for an event of outside
constexpr int kStreamUnjoined = 107025;      // a stream was not joined to the one that began
constexpr int kModelCaptured = 107026;       // the graph's capture has not ended
constexpr int kStreamCaptured = 107027;
constexpr int kEventCaptured = 107028;
constexpr int kStreamNotCaptured = 107029;
constexpr int kCaptureModeRefuses = 107030;  // a synchronous call beside a capture
constexpr int kCaptureImplicit = 107031;     // the default stream cannot take part
constexpr int kCaptureConflict = 107032;     // an event ties two captures
constexpr int kCaptureUnmatched = 107036;    // the capture began on another stream
constexpr int kModelRunning = 107037;
constexpr int kCaptureWrongThread = 107038;
constexpr int kCaptureModeBlocksAsync = 107041;
constexpr int kFeatureNotSupported = 207000;
constexpr int kModelExecute = 507011;
constexpr int kCaptureInvalidated = 507903;

}  // namespace sim
