// Folders of files, a folder a class: images and texts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace mlpc {

struct ClassFile {
    std::string path;
    std::string label;  // the folder's name
    std::string id;     // the path below the root
};
// The files of all class folders, sorted by class and path; those whose name begins with a point are left out, and so are those whose
// extension, in lower case with its point, is none of `extensions` (empty takes all). Throws RunError where there is no such folder or file.
std::vector<ClassFile> files_by_class(const std::string& root, const std::vector<std::string_view>& extensions);

}  // namespace mlpc
