#include "stdlib/data/source.h"

namespace mlpc {

void add_libsvm(Catalog& catalog) {
    ComponentInfo info = sources::file_source("libsvm",
                                              "Reads lines of a target and of `index:value` pairs into the columns `target` and `f1`, `f2`, …; what "
                                              "is not listed is 0, and a file of mostly zeros stays sparse",
                                              "libsvm(\"data/news.libsvm\")");
    info.source = "Chang, Lin: LIBSVM: A Library for Support Vector Machines, ACM TIST 2 (2011)";
    catalog.add(std::move(info));
}

}  // namespace mlpc
