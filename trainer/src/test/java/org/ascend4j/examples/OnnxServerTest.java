package org.ascend4j.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.ascend4j.nativelib.support.Prerequisite;
import org.ascend4j.nativelib.support.Requires;
import org.ascend4j.trainer.export.ExportableModel;
import org.ascend4j.trainer.export.ModelCard;
import org.ascend4j.trainer.export.Preprocessing;
import org.ascend4j.trainer.model.Models;
import org.assertj.core.data.Offset;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the example server returns the exported network's answer. */
@Requires(Prerequisite.NATIVE)
class OnnxServerTest {
    private static final int SIDE = 20;
    private static final List<String> CLASSES = List.of("cat", "\"dog\"", "海");

    @TempDir
    private Path folder;

    @Test
    void answersAsTheNetwork() throws Exception {
        ModelCard card = new ModelCard(
                "googlenet",
                CLASSES,
                3,
                3,
                SIDE,
                SIDE,
                SIDE,
                SIDE,
                List.of(0.4, 0.5, 0.6),
                List.of(0.2, 0.3, 0.25),
                Preprocessing.INSIDE);
        torch.manual_seed(2);
        Path file = folder.resolve("model.onnx");
        byte[] pixels = new byte[3 * SIDE * SIDE];
        new Random(7).nextBytes(pixels);
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard();
                ExportableModel model = ExportableModel.of(Models.create("googlenet", 3, 3, Map.of()), card)) {
            model.toOnnx(13, false).write(file);
            Tensor image = torch.tensor(pixels).view(ScalarType.Byte).reshape(1, 3, SIDE, SIDE);
            float[] probabilities = new float[3];
            torch.softmax(model.forward(image), 1).data_ptr_float().get(probabilities);
            HttpServer server = OnnxServer.start(file.toString(), 0);
            try {
                JsonNode found =
                        new ObjectMapper().readTree(post(server, png(pixels)).body());
                for (int i = 0; i < CLASSES.size(); i++) {
                    assertThat(found.get("classes").get(i).asText()).isEqualTo(CLASSES.get(i));
                    assertThat(found.get("probabilities").get(i).asDouble())
                            .isCloseTo(probabilities[i], Offset.offset(1e-5));
                }
                assertThat(post(server, new byte[] {1, 2, 3}).statusCode()).isEqualTo(400);
            } finally {
                server.stop(0);
            }
        }
    }

    private static HttpResponse<String> post(HttpServer server, byte[] body) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + server.getAddress().getPort() + "/");
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .POST(BodyPublishers.ofByteArray(body))
                                .build(),
                        BodyHandlers.ofString());
    }

    private static byte[] png(byte[] planes) throws IOException {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        int area = SIDE * SIDE;
        for (int i = 0; i < area; i++) {
            int rgb = (planes[i] & 0xFF) << 16 | (planes[i + area] & 0xFF) << 8 | planes[i + 2 * area] & 0xFF;
            image.setRGB(i % SIDE, i / SIDE, rgb);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }
}
