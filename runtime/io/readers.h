// The readers of sources, one file each; read_table.cpp lists them by the source's name.
#pragma once

#include "runtime/io/read.h"

#include <string>

namespace mlpc {

LoadedTable read_arff(const TableRequest&);
LoadedTable read_csv(const TableRequest&);  // and tsv
LoadedTable read_idx(const TableRequest&);
LoadedTable read_images(const TableRequest&);
LoadedTable read_jsonl(const TableRequest&);
LoadedTable read_libsvm(const TableRequest&);
LoadedTable read_npy(const TableRequest&);
LoadedTable read_parquet(const TableRequest&);
LoadedTable read_postgres(const TableRequest&);
LoadedTable read_sqlite(const TableRequest&);
LoadedTable read_texts(const TableRequest&);

// A text argument of the source; empty where it is not given.
std::string text_argument(const TableRequest&, const std::string& name);
// A path argument, which begins at the folder of the experiment.
std::string path_argument(const TableRequest&, const std::string& name);

}  // namespace mlpc
