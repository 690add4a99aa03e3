package org.ascend4j.cli.console;

import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.ascend4j.trainer.data.ProgressSink;

/** Shows downloads and long reads on the error stream: a bar on a terminal, otherwise one line each. */
public final class ConsoleProgress implements ProgressSink {
    private String current;
    private ProgressBar bar;
    private volatile TaskLine now;

    @Override
    public void progress(String what, long done, long total) {
        now = new TaskLine(what, done, total);
        if (!what.equals(current)) {
            finish();
            current = what;
            if (System.console() == null) {
                System.err.println(what + (total > 0 ? " (" + total + ")" : "") + " ...");
            } else {
                bar = new ProgressBarBuilder()
                        .setInitialMax(total)
                        .setRenderer((state, width) -> now.fit(width))
                        .setUpdateIntervalMillis(200)
                        .build();
            }
        }
        if (bar != null) {
            bar.stepTo(done);
            if (done == total) {
                finish();
            }
        }
    }

    private void finish() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
