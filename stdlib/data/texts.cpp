#include "stdlib/data/source.h"

namespace mlpc {

void add_texts(Catalog& catalog) {
    ComponentInfo info = sources::file_source("texts",
                                              "Reads the files below a folder, a folder a class, into `label`, `file` (where the schema asks for "
                                              "it) and `text`",
                                              "texts(\"data/mails\")");
    info.source = "Lang: NewsWeeder: Learning to Filter Netnews (1995), whose data come in this form";
    catalog.add(std::move(info));
}

}  // namespace mlpc
