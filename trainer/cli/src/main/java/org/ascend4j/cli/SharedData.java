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
 * The data set of all ranks, loaded by one rank of each node first: it downloads what the others then find.
 *
 * <p>Who loads tells the others so again and again: a long download then does not use up the time for which ranks wait for one another, and the death of a rank
 * is noticed as ever.
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

    /** Returns when all who load have done so, on the others null. */
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
