// Tables whose cells lie ready before the schema is applied: arrays, images, texts, sparse rows.
#pragma once

#include "runtime/io/read.h"
#include "runtime/io/schema_match.h"

#include <string>
#include <vector>

namespace mlpc {

struct ReadyColumns {
    std::vector<std::vector<std::string>> texts = {};  // the first columns of the source, cell by cell
    Frame numbers = {};                                // the others: number columns without a row index; NaN is missing
    std::size_t first_row = 1;                         // as messages count
};
// The columns as the schema types them; numeric ones whose cells all fit share those of `numbers`. Throws RunError.
LoadedTable typed_table(const TableRequest&, const SourceColumns&, const ReadyColumns&, std::string sha256);

}  // namespace mlpc
