/** A module with its own classifier; the factory registers the classifier by name. */
module example.classifier {
    requires com.fasterxml.jackson.databind;
    requires org.ascend4j.bindings;
    requires org.ascend4j.natives;
    requires org.ascend4j.trainer;
    requires org.bytedeco.javacpp;
    requires org.bytedeco.pytorch;

    provides org.ascend4j.trainer.model.ModelFactory with
            example.TinyNet.Factory;
}
