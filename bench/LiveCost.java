import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ascend4j.trainer.report.LiveReport;

/** Prints the processor time of the thread that serves a live report with 20,000 steps. */
public final class LiveCost {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final String STEP =
            "{\"step\":%d,\"epoch\":1,\"loss\":2.4420201778411865,\"lr\":0.021865284974093267,\"momentum\":0.9}\n";
    private static final int STEPS = 20_000;
    private static final int REQUESTS = 200;

    private LiveCost() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createTempDirectory("live");
        String metrics = IntStream.rangeClosed(1, STEPS).mapToObj(STEP::formatted).collect(Collectors.joining());
        Files.writeString(folder.resolve("metrics.jsonl"), metrics);
        try (LiveReport live = new LiveReport(folder, 0)) {
            live.started(null);
            request(live, "", 1);
            for (int lines : new int[] {20, 60, 200}) {
                int from = metrics.indexOf("{\"step\":" + (STEPS - lines + 1) + ",");
                String news = "data?evaluated=0&from=" + from;
                request(live, news, REQUESTS);
                System.out.printf("request with %d new steps: %.2f ms%n", lines, request(live, news, REQUESTS));
            }
            double opened = request(live, "", 1) + request(live, "data?from=0", 1);
            System.out.printf("opening the page: %.0f ms%n", opened);
        }
    }

    /** Returns the serving thread's processor time per request, in milliseconds. */
    private static double request(LiveReport live, String path, int times) throws IOException {
        long before = served();
        for (int i = 0; i < times; i++) {
            try (InputStream answer = URI.create(live.address() + path).toURL().openStream()) {
                answer.readAllBytes();
            }
        }
        return (served() - before) / 1e6 / times;
    }

    private static long served() {
        return Arrays.stream(THREADS.getAllThreadIds())
                .filter(id -> THREADS.getThreadInfo(id).getThreadName().equals("HTTP-Dispatcher"))
                .map(THREADS::getThreadCpuTime)
                .sum();
    }
}
