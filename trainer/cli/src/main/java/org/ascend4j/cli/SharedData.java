package org.ascend4j.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.ascend4j.Ascend4jException;
import org.ascend4j.cli.console.ConsoleProgress;
import org.ascend4j.distributed.RankGroup;
import org.ascend4j.trainer.data.DataSource;
import org.ascend4j.trainer.data.DataSplits;
import org.ascend4j.trainer.data.ProgressSink;

/**
 * Loads the data set on all ranks. One rank of each node loads first and downloads the files that the others then find.
 *
 * <p>While ranks load, all ranks exchange messages repeatedly. A long download therefore does not exceed the time that
 * ranks wait for each other, and the death of a rank is still detected.
 */
final class SharedData {
    private static final int SIGN_OF_LIFE_MILLIS = 200;

    private SharedData() {}

    static DataSplits load(DataSource source, RankGroup ranks) {
        if (ranks.size() == 1) {
            return source.load(new ConsoleProgress());
        }
        boolean first = ranks.rank().localRank() == 0;
        DataSplits ofFirst = turn(first, () -> source.load(new ConsoleProgress()), ranks);
        DataSplits ofOther = turn(!first, () -> source.load(ProgressSink.NONE), ranks);
        return first ? ofFirst : ofOther;
    }

    /** Loads the data on the ranks with {@code loads}, and returns on all ranks after these have finished; returns null on the others. */
    private static DataSplits turn(boolean loads, Supplier<DataSplits> source, RankGroup ranks) {
        CompletableFuture<DataSplits> data = loads
                ? CompletableFuture.supplyAsync(source, SharedData::inBackground)
                : CompletableFuture.completedFuture(null);
        double loading;
        do {
            loading = ranks.sum(isLoaded(data) ? 0 : 1)[0];
        } while (loading > 0);
        return data.join();
    }

    private static void inBackground(Runnable task) {
        Thread thread = new Thread(task, "data");
        thread.setDaemon(true);
        thread.start();
    }

    private static boolean isLoaded(CompletableFuture<DataSplits> data) {
        try {
            data.get(SIGN_OF_LIFE_MILLIS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Ascend4jException("interrupted while loading the data set", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }
}
