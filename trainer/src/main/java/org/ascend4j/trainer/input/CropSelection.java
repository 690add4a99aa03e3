package org.ascend4j.trainer.input;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.Tensor;

/** Crops and flips in the plan's order, from images with a border. */
final class CropSelection implements EpochSelection {
    private final CropTables tables;
    private final Tensor firstRows;
    private final Tensor columns;
    private final Tensor labels;

    CropSelection(EpochPlan plan, DeviceImages images, Device device) {
        tables = new CropTables(images, device);
        try (PointerScope scope = new PointerScope()) {
            Tensor choices = tables.choices(plan, device);
            firstRows = choices.select(0, 1).view(-1, 1).retainReference();
            columns = tables.columns(choices.select(0, 2)).retainReference();
            labels = images.labels().index_select(0, choices.select(0, 0)).retainReference();
        }
    }

    @Override
    public Tensor images(int first, int size) {
        return tables.crops(firstRows.narrow(0, first, size), columns.narrow(0, first, size));
    }

    @Override
    public Tensor labels(int first, int size) {
        return labels.narrow(0, first, size);
    }

    @Override
    public void close() {
        tables.close();
        firstRows.close();
        columns.close();
        labels.close();
    }
}
