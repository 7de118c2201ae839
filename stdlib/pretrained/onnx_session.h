// A network in a file of the format ONNX, run by ONNX Runtime, a library that is loaded when one is first opened.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace mlpc::pretrained {

class OnnxSession {
public:
    enum class Cells { Float, Int64, Other };
    struct Input {
        std::string name;
        Cells cells = Cells::Other;
        std::vector<std::int64_t> extents;  // -1 where it is left open
    };
    struct Given {
        std::vector<std::int64_t> extents;
        const float* numbers = nullptr;  // exactly one of the two is set
        const std::int64_t* codes = nullptr;
    };
    struct Output {
        std::vector<std::int64_t> extents;
        std::vector<float> numbers;
    };

    // Checks the file before the library sees it. Throws RunError.
    explicit OnnxSession(const std::string& path);
    ~OnnxSession();
    OnnxSession(const OnnxSession&) = delete;
    OnnxSession& operator=(const OnnxSession&) = delete;

    const std::vector<Input>& inputs() const;
    const std::vector<std::string>& outputs() const;
    // What the network gives under that name for `inputs`, one each in their order; on the calling thread alone. May be asked by many threads
    // at once. Throws RunError.
    Output run(const std::vector<Given>& inputs, const std::string& output) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace mlpc::pretrained
