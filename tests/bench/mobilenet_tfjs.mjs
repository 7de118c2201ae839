// Compares examples/data/mobilenet_v3.onnx, which examples/data/make_mobilenet writes, with TensorFlow.js running the graph it was made from.
// In an empty folder:
//   npm install --ignore-scripts @tensorflow/tfjs@4.22.0 onnxruntime-node@1.17.3 @vladmandic/human@3.3.6
//   cp .../tests/bench/mobilenet_tfjs.mjs . && node mobilenet_tfjs.mjs .../examples/data/mobilenet_v3.onnx
import * as tf from "@tensorflow/tfjs";
import ort from "onnxruntime-node";
import { readFileSync } from "node:fs";

const models = "node_modules/@vladmandic/human/models";
const graph = JSON.parse(readFileSync(`${models}/centernet.json`, "utf8"));
// Its layers take any size; the signature asks for 512 × 512.
graph.modelTopology.node.find((node) => node.op === "Placeholder").attr.shape.shape.dim.forEach((extent) => (extent.size = "-1"));
const bytes = readFileSync(`${models}/centernet.bin`);
const weightData = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
await tf.setBackend("cpu");
const theirs = await tf.loadGraphModel({
    load: async () => ({ modelTopology: graph.modelTopology, weightSpecs: graph.weightsManifest[0].weights, weightData, format: graph.format }),
});
const ours = await ort.InferenceSession.create(process.argv[2]);
for (const [height, width] of [[64, 64], [96, 33], [32, 127]]) {
    const image = Float32Array.from({ length: height * width * 3 }, (_, i) => (i * 7919) % 256);
    const turned = Float32Array.from(image, (_, i) => image[(i % (height * width)) * 3 + Math.floor(i / (height * width))]);
    const given = await ours.run({ "tower_0/images": new ort.Tensor("float32", turned, [1, 3, height, width]) });
    const [, channels, high, wide] = given[ours.outputNames[0]].dims;
    const result = theirs.execute(tf.tensor4d(image, [1, height, width, 3]), ours.outputNames[0]);
    const expected = tf.transpose(result, [0, 3, 1, 2]).dataSync();
    const values = given[ours.outputNames[0]].data;
    let apart = 0, largest = 0;
    expected.forEach((x, i) => ((apart = Math.max(apart, Math.abs(x - values[i]))), (largest = Math.max(largest, Math.abs(x)))));
    console.log(`${height} × ${width}: ${channels} maps of ${high} × ${wide} (${result.shape}), at most ${apart} apart, the largest ${largest}`);
}
