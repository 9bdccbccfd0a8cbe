#include "bundle.hpp"

#include <cita/base/text.hpp>
#include <cita/evidence/digest.hpp>
#include <cita/evidence/sha256.hpp>
#include <cita/time/format.hpp>
#include <cita/version.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>

namespace cita::tool {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view format_name = "bundle-v1";

// What was read, by where it stood, under the name that it has in the bundle.
using Names = std::map<std::string, std::string>;

// "inputs/01-bug.json": a number, and of the name what every system can have in one.
std::string name_in_bundle(std::size_t number, const std::string& path) {
  constexpr std::size_t longest = 100;
  std::string base = path == "-" ? "standard-input" : std::filesystem::path(path).filename().string();
  if (base.size() > longest) base = base.substr(base.size() - longest);
  const auto is_plain = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  };
  std::replace_if(
      base.begin(), base.end(), [&](char c) { return !is_plain(c); }, '_');
  return "inputs/" + std::string(number < 10 ? "0" : "") + std::to_string(number) + "-" + base;
}

void rename(std::vector<std::string>& paths, const Names& names) {
  for (std::string& each : paths)
    if (const auto found = names.find(each); found != names.end()) each = found->second;
}

// The same question, asked of the files in the bundle; how it looks on this terminal is no part of it.
VerifyOptions bundled(const VerifyOptions& options, const RecordRun& run, const Names& names) {
  VerifyOptions result;
  result.files = options.files;
  result.against = options.against;
  result.common.packs = options.common.packs;
  rename(result.files, names);
  rename(result.against, names);
  rename(result.common.packs, names);
  if (!options.records.roster.empty()) result.records.roster = names.at(options.records.roster);
  result.records.saved = options.records.saved;
  result.common.as_of = rfc3339(run.now.instant);
  result.common.profile_name = options.common.profile_name;
  result.outputs.fail_on = options.outputs.fail_on;
  result.all = options.all;
  return result;
}

std::vector<std::string> arguments(const VerifyOptions& options) {
  std::vector<std::string> all = {"verify"};
  all.insert(all.end(), options.files.begin(), options.files.end());
  const auto add = [&all](const std::string& option, const std::string& value) {
    if (!value.empty()) all.insert(all.end(), {option, value});
  };
  for (const std::string& each : options.against) add("--against", each);
  add("--roster", options.records.roster);
  add("--saved", options.records.saved);
  for (const std::string& each : options.common.packs) add("--pack", each);
  add("--as-of", options.common.as_of);
  add("--profile", options.common.profile_name);
  add("--fail-on", options.outputs.fail_on);
  if (options.all) all.emplace_back("--all");
  return all;
}

Json of(const BundledFile& file, bool is_input) {
  Json json = {{"file", file.file}};
  if (is_input) json["from"] = file.from;
  json["bytes"] = file.bytes;
  json["sha256"] = file.sha256;
  return json;
}

std::string text_of(const Manifest& manifest) {
  Json json = {{"format", format_name},       {"cita", manifest.cita},           {"as_of", manifest.as_of},
               {"command", manifest.command}, {"exit_code", manifest.exit_code}, {"packs", Json::array()},
               {"inputs", Json::array()},     {"results", Json::array()}};
  for (const BundledPack& each : manifest.packs) json["packs"].push_back({{"id", each.id}, {"digest", each.digest}});
  for (const BundledFile& each : manifest.inputs) json["inputs"].push_back(of(each, true));
  for (const BundledFile& each : manifest.results) json["results"].push_back(of(each, false));
  return json.dump(2, ' ', true, Json::error_handler_t::replace) + "\n";
}

BundledFile described(const std::string& name, const std::string& content, std::string from = {}) {
  return {name, std::move(from), content.size(), sha256_of(content)};
}

BundledFile file_of(const Json& json, bool is_input) {
  return {json.at("file").get<std::string>(), is_input ? json.at("from").get<std::string>() : std::string(),
          json.at("bytes").get<std::size_t>(), json.at("sha256").get<std::string>()};
}

}  // namespace

FileReader RememberedFiles::reader() {
  return [this](const std::string& path, std::size_t most, std::string& problem) -> std::optional<std::string> {
    for (const auto& [known, content] : files_)
      if (known == path) return content;
    auto content = read_file(path, most, problem);
    if (content) files_.emplace_back(path, *content);
    return content;
  };
}

FileReader reader_of(const FileSet& files) {
  return [&files](const std::string& path, std::size_t, std::string& problem) -> std::optional<std::string> {
    if (const auto found = files.find(path); found != files.end()) return found->second;
    problem = "the bundle does not hold it";
    return std::nullopt;
  };
}

std::vector<BundledPack> packs_of(const Catalog& catalog) {
  std::vector<BundledPack> all;
  for (const Pack* each : catalog.packs()) all.push_back({std::string(each->id), std::string(each->digest)});
  return all;
}

std::string sha256_of(const std::string& bytes) { return evidence::hex(evidence::sha256(bytes)); }

std::optional<Manifest> read_manifest(const std::string& text, std::string& problem) {
  try {
    const Json json = Json::parse(text);
    if (json.at("format") != format_name) {
      problem = "this version of cita reads " + std::string(format_name) + " alone";
      return std::nullopt;
    }
    Manifest manifest;
    manifest.cita = json.at("cita").get<std::string>();
    manifest.as_of = json.at("as_of").get<std::string>();
    manifest.command = json.at("command").get<std::vector<std::string>>();
    manifest.exit_code = json.at("exit_code").get<int>();
    for (const Json& each : json.at("packs"))
      manifest.packs.push_back({each.at("id").get<std::string>(), each.at("digest").get<std::string>()});
    for (const Json& each : json.at("inputs")) manifest.inputs.push_back(file_of(each, true));
    for (const Json& each : json.at("results")) manifest.results.push_back(file_of(each, false));
    return manifest;
  } catch (const Json::exception& error) {
    problem = error.what();
    return std::nullopt;
  }
}

bool write_bundle(const VerifyOptions& options, const RememberedFiles& read, const RecordRun& run) {
  FileSet files;
  Names names;
  Manifest manifest;
  for (const auto& [path, content] : read.all()) {
    const std::string& name = names[path] = name_in_bundle(names.size() + 1, path);
    files[name] = content;
    manifest.inputs.push_back(described(name, content, path == "-" ? path : std::filesystem::path(path).filename().string()));
  }
  const VerifyOptions asked = bundled(options, run, names);
  VerifyRun again;
  if (again.open(asked, reader_of(files)) != exit_good) return false;
  const VerifyResults results = again.results(asked);
  manifest.cita = version;
  manifest.as_of = asked.common.as_of;
  manifest.command = arguments(asked);
  manifest.exit_code = results.exit_code;
  manifest.packs = packs_of(run.catalog);
  files[std::string(text_name)] = results.text;
  files[std::string(json_name)] = results.json;
  for (const std::string_view each : {text_name, json_name})
    manifest.results.push_back(described(std::string(each), files[std::string(each)]));
  const std::string& text = files[std::string(manifest_name)] = text_of(manifest);
  std::string problem;
  if (!write_files(options.bundle, files, problem)) {
    complain(problem.starts_with(options.bundle) ? problem : options.bundle + ": " + problem);
    return false;
  }
  std::cerr << "note: wrote " << text::shown(options.bundle) << "; the SHA-256 of its " << manifest_name << " is "
            << sha256_of(text) << '\n';
  return true;
}

}  // namespace cita::tool
