package org.ascend4j.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.ascend4j.Printable;
import org.bytedeco.pytorch.Tensor;

/**
 * The JSON header of a safetensors file, which describes the positions of the tensors (<a href="https://github.com/huggingface/safetensors#format">format</a>).
 *
 * @param metadata free text by key
 * @param entries the tensors, in the order of the state dict
 */
record SafetensorsHeader(Map<String, String> metadata, List<Entry> entries) {
    static final int MAX_BYTES = 1 << 24;

    private static final String METADATA = "__metadata__";
    /** The maximum number of tensors. A million empty tensors would fit into a header, and each uses far more memory than its text. */
    private static final int MOST_TENSORS = 100_000;

    /** A tensor's place, in bytes from the end of the header. */
    record Entry(String name, ElementType type, long[] shape, long begin, long end) {}

    /** Places tensors one after the other, those with wide elements first so that all are aligned. */
    static SafetensorsHeader of(Map<String, Tensor> tensors, Map<String, String> metadata) {
        List<String> names = new ArrayList<>(tensors.keySet());
        names.sort(Comparator.comparing(
                name -> -ElementType.of(tensors.get(name).scalar_type()).bytes()));
        Map<String, Entry> placed = new LinkedHashMap<>();
        long offset = 0;
        for (String name : names) {
            Tensor tensor = tensors.get(name);
            ElementType type = ElementType.of(tensor.scalar_type());
            long end = offset + tensor.numel() * type.bytes();
            placed.put(name, new Entry(name, type, HostTensors.shape(tensor), offset, end));
            offset = end;
        }
        return new SafetensorsHeader(
                metadata, tensors.keySet().stream().map(placed::get).toList());
    }

    /** Returns the entries in the order of their bytes. */
    List<Entry> byOffset() {
        return entries.stream()
                .sorted(Comparator.comparingLong(Entry::begin).thenComparingLong(Entry::end))
                .toList();
    }

    /** Returns the JSON text, padded with spaces to a multiple of eight bytes. */
    byte[] toJson() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JsonTexts.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            if (!metadata.isEmpty()) {
                json.writePOJOField(METADATA, metadata);
            }
            for (Entry entry : entries) {
                json.writeObjectFieldStart(entry.name());
                json.writeStringField("dtype", entry.type().name());
                json.writeFieldName("shape");
                json.writeArray(entry.shape(), 0, entry.shape().length);
                json.writeFieldName("data_offsets");
                json.writeArray(new long[] {entry.begin(), entry.end()}, 0, 2);
                json.writeEndObject();
            }
            json.writeEndObject();
        }
        while (bytes.size() % Long.BYTES != 0) {
            bytes.write(' ');
        }
        return bytes.toByteArray();
    }

    /** Reads and validates a header that is followed by {@code dataBytes} bytes of tensor data. */
    static SafetensorsHeader parse(byte[] json, long dataBytes) throws FormatException {
        JsonNode root = JsonTexts.read(json);
        Map<String, String> metadata = new LinkedHashMap<>();
        List<Entry> entries = new ArrayList<>();
        if (root.size() > MOST_TENSORS) {
            throw new FormatException("expected at most " + MOST_TENSORS + " tensors, found " + root.size());
        }
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (field.getKey().equals(METADATA)) {
                metadata.putAll(metadata(field.getValue()));
            } else {
                entries.add(entry(field.getKey(), field.getValue()));
            }
        }
        SafetensorsHeader header = new SafetensorsHeader(metadata, entries);
        header.checkCovers(dataBytes);
        return header;
    }

    private void checkCovers(long dataBytes) throws FormatException {
        long expected = 0;
        for (Entry entry : byOffset()) {
            if (entry.begin() != expected) {
                throw new FormatException("tensor " + Printable.of(entry.name()) + " expects to start at byte "
                        + expected + " of the data, found " + entry.begin());
            }
            expected = entry.end();
        }
        if (expected != dataBytes) {
            throw new FormatException("expected " + expected + " bytes of tensor data, found " + dataBytes);
        }
    }

    private static Map<String, String> metadata(JsonNode node) throws FormatException {
        Map<String, String> metadata = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!field.getValue().isTextual()) {
                throw new FormatException("metadata " + Printable.of(field.getKey()) + " expects text, found "
                        + JsonTexts.shown(field.getValue()));
            }
            metadata.put(field.getKey(), field.getValue().textValue());
        }
        return metadata;
    }

    private static Entry entry(String name, JsonNode node) throws FormatException {
        ElementType type = ElementType.named(node.path("dtype").asText())
                .orElseThrow(() -> new FormatException("tensor " + Printable.of(name) + " has dtype "
                        + JsonTexts.shown(node.path("dtype")) + ", which torch 2.7 state dicts do not need"));
        long[] shape = numbers(name, "shape", node.path("shape"));
        long[] offsets = numbers(name, "data_offsets", node.path("data_offsets"));
        if (offsets.length != 2) {
            throw new FormatException(
                    "tensor " + Printable.of(name) + " expects two data_offsets, found " + offsets.length);
        }
        long bytes = type.bytes();
        try {
            for (long size : shape) {
                bytes = Math.multiplyExact(bytes, Math.max(1, size));
            }
        } catch (ArithmeticException e) {
            throw new FormatException(
                    "tensor " + Printable.of(name) + " has an impossible shape " + JsonTexts.shown(node.path("shape")));
        }
        if (LongStream.of(shape).anyMatch(size -> size == 0)) {
            bytes = 0;
        }
        if (offsets[1] - offsets[0] != bytes) {
            throw new FormatException("tensor " + Printable.of(name) + " expects " + bytes
                    + " bytes by its shape, found " + (offsets[1] - offsets[0]));
        }
        return new Entry(name, type, shape, offsets[0], offsets[1]);
    }

    private static long[] numbers(String name, String field, JsonNode node) throws FormatException {
        if (!node.isArray()) {
            throw new FormatException("tensor " + Printable.of(name) + " expects an array as " + field + ", found "
                    + JsonTexts.shown(node));
        }
        if (node.size() > StridedTensor.MOST_DIMENSIONS) {
            throw new FormatException("tensor " + Printable.of(name) + " expects at most "
                    + StridedTensor.MOST_DIMENSIONS + " numbers as " + field + ", found " + node.size());
        }
        long[] numbers = new long[node.size()];
        for (int i = 0; i < numbers.length; i++) {
            JsonNode number = node.get(i);
            if (!number.canConvertToLong() || !number.isIntegralNumber() || number.longValue() < 0) {
                throw new FormatException("tensor " + Printable.of(name) + " expects sizes as " + field + ", found "
                        + JsonTexts.shown(node));
            }
            numbers[i] = number.longValue();
        }
        return numbers;
    }
}
