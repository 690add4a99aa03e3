package org.ascend4j.examples;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;

/**
 * Serves an exported model over HTTP: {@code OnnxServer model.onnx 8080}. Export the model with
 * {@code --preprocessing inside}. POST a picture; the answer is JSON.
 */
public final class OnnxServer {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String[] classes;
    private final long[] shape;

    OnnxServer(String model) throws OrtException, IOException {
        session = environment.createSession(model);
        classes = new ObjectMapper()
                .readValue(session.getMetadata().getCustomMetadata().get("class_names"), String[].class);
        shape = ((TensorInfo) session.getInputInfo().get("input").getInfo()).getShape();
    }

    HttpServer start(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        byte[] answer;
        int code = 200;
        try {
            answer = new ObjectMapper().writeValueAsBytes(predict(ImageIO.read(exchange.getRequestBody())));
        } catch (OrtException | RuntimeException e) {
            answer = "expected a picture".getBytes(StandardCharsets.UTF_8);
            code = 400;
        }
        exchange.sendResponseHeaders(code, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    /** Returns the most probable class. The model must have three channels; the whole picture is resized to the model's input size. */
    private Map<String, Object> predict(BufferedImage picture) throws OrtException {
        int height = (int) shape[2];
        int width = (int) shape[3];
        BufferedImage fitted = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fitted.createGraphics().drawImage(Objects.requireNonNull(picture), 0, 0, width, height, null);
        ByteBuffer pixels = ByteBuffer.allocateDirect(3 * height * width);
        for (int shift = 16; shift >= 0; shift -= 8) {
            for (int i = 0; i < height * width; i++) {
                pixels.put((byte) (fitted.getRGB(i % width, i / width) >> shift));
            }
        }
        long[] one = {1, 3, height, width};
        try (OnnxTensor input = OnnxTensor.createTensor(environment, pixels.flip(), one, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("input", input))) {
            float[] logits = ((float[][]) result.get(0).getValue())[0];
            int best = 0;
            double sum = 0;
            for (int i = 0; i < logits.length; i++) {
                best = logits[i] > logits[best] ? i : best;
            }
            for (float logit : logits) {
                sum += Math.exp(logit - logits[best]);
            }
            return Map.of("class", classes[best], "probability", 1 / sum);
        }
    }

    /** Serves until it is killed. */
    public static void main(String[] arguments) throws OrtException, IOException {
        new OnnxServer(arguments[0]).start(Integer.parseInt(arguments[1]));
    }
}
