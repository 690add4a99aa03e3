package org.ascend4j.examples;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import javax.imageio.ImageIO;

/**
 * Serves a model that was exported with {@code --preprocessing inside}: {@code OnnxServer model.onnx 8080}. POST a
 * picture, such as {@code curl --data-binary @cat.png localhost:8080}; the answer has the probability of each class.
 */
record OnnxServer(OrtEnvironment runtime, OrtSession model, String classes, long[] shape) {
    static HttpServer start(String file, int port) throws OrtException, IOException {
        OrtSession model = OrtEnvironment.getEnvironment().createSession(file);
        String classes = model.getMetadata().getCustomMetadata().get("class_names");
        long[] shape = ((TensorInfo) model.getInputInfo().get("input").getInfo()).getShape();
        OnnxServer service = new OnnxServer(OrtEnvironment.getEnvironment(), model, classes, shape);
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", exchange -> {
            BufferedImage picture = ImageIO.read(exchange.getRequestBody());
            String answer = picture == null ? "expected a picture" : service.answer(picture);
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(picture == null ? 400 : 200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        return server;
    }

    private String answer(BufferedImage picture) throws IOException {
        long[] one = {1, shape[1], shape[2], shape[3]};
        try (OnnxTensor input = OnnxTensor.createTensor(runtime, pixels(picture), one, OnnxJavaType.UINT8);
                OrtSession.Result result = model.run(Map.of("input", input))) {
            float[] logits = ((float[][]) result.get(0).getValue())[0];
            double[] powers = new double[logits.length];
            Arrays.setAll(powers, i -> Math.exp(logits[i]));
            double sum = Arrays.stream(powers).sum();
            Arrays.setAll(powers, i -> powers[i] / sum);
            return "{\"classes\": " + classes + ", \"probabilities\": " + Arrays.toString(powers) + "}\n";
        } catch (OrtException e) {
            throw new IOException(e);
        }
    }

    /** Fits the whole picture to the model's three input planes: red, green, blue. */
    private ByteBuffer pixels(BufferedImage picture) {
        int height = (int) shape[2];
        int width = (int) shape[3];
        BufferedImage fitted = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        fitted.createGraphics().drawImage(picture, 0, 0, width, height, null);
        ByteBuffer pixels = ByteBuffer.allocateDirect(3 * height * width);
        for (int shift = 16; shift >= 0; shift -= 8) {
            for (int i = 0; i < height * width; i++) {
                pixels.put((byte) (fitted.getRGB(i % width, i / width) >> shift));
            }
        }
        return pixels.flip();
    }

    public static void main(String[] arguments) throws OrtException, IOException {
        start(arguments[0], Integer.parseInt(arguments[1]));
    }
}
