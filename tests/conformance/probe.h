// Tables on which components are tried: the same fitted rows amid different other rows, in several layouts.
#pragma once

#include "runtime/core/target.h"

#include <string>
#include <vector>

namespace mlpc::conformance {

// Which columns a probe has; a component is tried on the families of which it accepts every type.
enum class Family { Signed, Positive, Numbers, Dates, Category, Coded, Text, Mixed };
inline constexpr Family families[] = {Family::Signed,   Family::Positive, Family::Numbers, Family::Dates,
                                      Family::Category, Family::Coded,    Family::Text,    Family::Mixed};
std::string_view name_of(Family);
// Whether some cells are missing.
enum class Gaps { None, Some };
std::vector<ColumnType> types_in(Family);

struct Probe {
    Family family = Family::Signed;
    Task task = Task::Binary;
    Frame rows;           // a view of some rows of a table
    Frame same_rows;      // the same cells, in a table whose other rows, levels and order of levels differ
    Frame altered;        // the same columns with other cells
    Target target;        // of `rows`
    Target other_target;  // of the same classes, differently assigned
};
Probe make_probe(Family, Gaps, Task);

// Frames at the edge of what can come: one row, a constant column, no column, unseen levels, …; with the columns of the family.
struct EdgeCase {
    std::string name;
    Frame x;
};
std::vector<EdgeCase> edge_cases(Family, Gaps);
// A target of that many rows with every class in it, as far as there are rows.
Target make_target(Task, std::size_t rows, std::uint64_t seed);

// Where two frames first differ, bit by bit (levels by text), or nothing.
std::string first_difference(const Frame&, const Frame&);

}  // namespace mlpc::conformance
