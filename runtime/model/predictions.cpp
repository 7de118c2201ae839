#include "runtime/model/predictions.h"

#include <fmt/format.h>

#include <string_view>

namespace mlpc {

namespace {

std::string csv_cell(std::string_view cell) {
    if (cell.find_first_of(",\"\r\n") == std::string_view::npos) {
        return std::string(cell);
    }
    std::string text = "\"";
    for (const char c : cell) {
        text += c == '"' ? "\"\"" : std::string(1, c);
    }
    return text + "\"";
}

std::string regression_csv(const Prediction& prediction) {
    std::string csv = "prediction\n";
    for (const double value : prediction.values) {
        csv += fmt::format("{}\n", value);
    }
    return csv;
}

}  // namespace

std::string predictions_csv(const Prediction& prediction) {
    if (!is_classification(prediction.task)) {
        return regression_csv(prediction);
    }
    std::string csv = "prediction";
    std::vector<std::string> cells;
    for (const std::string& name : *prediction.classes) {
        csv += "," + csv_cell("p(" + name + ")");
        cells.push_back(csv_cell(name));
    }
    csv += "\n";
    for (std::size_t row = 0; row < prediction.rows(); ++row) {
        csv += cells.at(static_cast<std::size_t>(prediction.label(row)));
        for (const double p : prediction.probabilities.row(static_cast<Eigen::Index>(row))) {
            csv += fmt::format(",{}", p);
        }
        csv += "\n";
    }
    return csv;
}

}  // namespace mlpc
