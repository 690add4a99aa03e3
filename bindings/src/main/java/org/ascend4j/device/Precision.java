package org.ascend4j.device;

/** The precision of the forward and backward pass; weights stay in fp32. */
public enum Precision {
    FP32,
    FP16,
    BF16
}
