package org.ascend4j.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class BoundedWaitTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @Test
    void returnsWhenTheWaitDoes() throws Exception {
        AtomicReference<Thread> waited = new AtomicReference<>();
        BoundedWait.run("waiter", LONG, () -> waited.set(Thread.currentThread()));
        assertThat(waited.get()).isNotSameAs(Thread.currentThread());
        assertThat(waited.get().getName()).isEqualTo("waiter");
        assertThat(waited.get().isDaemon()).isTrue();
    }

    @Test
    void returnsWhatTheWaitReturns() throws Exception {
        assertThat(BoundedWait.call("waiter", LONG, () -> Thread.currentThread().getName()))
                .isEqualTo("waiter");
    }

    @Test
    void throwsWhatTheWaitThrows() {
        RuntimeException failure = new IllegalStateException("device 0 is lost");
        assertThatThrownBy(() -> BoundedWait.run("waiter", LONG, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        Error error = new AssertionError("of the library");
        assertThatThrownBy(() -> BoundedWait.run("waiter", LONG, () -> {
                    throw error;
                }))
                .isSameAs(error);
    }

    @Test
    void givesUpAWaitThatDoesNotEnd() {
        CountDownLatch never = new CountDownLatch(1);
        assertThatThrownBy(() -> BoundedWait.run("waiter", Duration.ofMillis(20), () -> await(never)))
                .isInstanceOf(TimeoutException.class);
        never.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
