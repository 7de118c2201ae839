#include "stdlib/models/outcome.h"

#include "runtime/core/error.h"

namespace mlpc::models {

void OutcomeSchema::archive(Archive& a) {
    auto number = static_cast<std::int32_t>(task);
    Levels names = classes ? *classes : Levels{};
    a.field("task", number);
    a.field("classes", names);
    if (!a.reading()) {
        return;
    }
    if (number < 0 || number > static_cast<std::int32_t>(Task::Regression)) {
        throw RunError("the saved model names a task that this version does not know");
    }
    task = static_cast<Task>(number);
    classes = is_classification(task) ? std::make_shared<const Levels>(std::move(names)) : nullptr;
}

std::vector<double> mean_absolute_rows(const Matrix& coefficients) {
    const Vector means = coefficients.cwiseAbs().rowwise().mean();
    return {means.begin(), means.end()};
}

}  // namespace mlpc::models
