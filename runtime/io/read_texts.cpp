#include "runtime/core/digest.h"
#include "runtime/io/class_folders.h"
#include "runtime/io/readers.h"
#include "runtime/io/ready_columns.h"
#include "runtime/io/text_file.h"

namespace mlpc {

LoadedTable read_texts(const TableRequest& request) {
    const std::vector<std::string> names{"label", "file", "text"};
    ReadyColumns ready;
    ready.texts.resize(names.size());
    std::string content;
    for (const ClassFile& file : files_by_class(request.path, {})) {
        const TextFile text = read_text_file(file.path);
        ready.texts[0].push_back(file.label);
        ready.texts[1].push_back(file.id);
        ready.texts[2].emplace_back(text.text());
        content += file.id + '\0' + text.sha256();
    }
    return typed_table(request, {.path = request.path, .names = names, .offered = {"file"}}, ready, sha256_hex(content));
}

}  // namespace mlpc
