/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C API from plain C11: a catalogue is made, written, searched, followed and closed. Prints the
 * first step that went wrong.
 */
#include <koinon/koinon.h>
#include <stdio.h>
#include <string.h>

static int step(const char* what, int32_t code, kn_error* error) {
  if (code == KN_OK) return 1;
  fprintf(stderr, "%s: %s: %s\n", what, kn_code_name(code),
          error != NULL ? kn_error_message(error) : "no message");
  kn_error_free(error);
  return 0;
}

static int check(const char* what, int holds) {
  if (!holds) fprintf(stderr, "%s does not hold\n", what);
  return holds;
}

static int put(kn_catalogue* catalogue, int32_t kind, const char* id, const char* json) {
  kn_error* error = NULL;
  kn_written written;
  written.struct_size = sizeof written;
  return step(id,
              kn_put_json(catalogue, kind, id, strlen(id), json, strlen(json), NULL, &written,
                          &error),
              error) &&
         check("the id is given back", strcmp(written.id, id) == 0);
}

static int find(kn_catalogue* catalogue) {
  kn_error* error = NULL;
  kn_results* results = NULL;
  kn_search_options options;
  kn_hit hit;
  int fine;
  hit.struct_size = sizeof hit;
  kn_search_options_init(&options, sizeof options);
  options.text.data = "kitchen";
  options.text.length = 7;
  fine = step("search", kn_search(catalogue, &options, NULL, &results, &error), error) &&
         step("hit", kn_results_hit(results, 0, &hit, &error), error) &&
         check("the title is found", strcmp(hit.title.data, "A kitchen for all") == 0);
  kn_results_free(results);
  return fine;
}

static int follow(kn_catalogue* catalogue) {
  kn_error* error = NULL;
  kn_changes* changes = NULL;
  const int fine = step("follow", kn_follow(catalogue, 0, 0, &changes, &error), error) &&
                   check("two changes", kn_changes_count(changes) == 2);
  kn_changes_free(changes);
  return fine;
}

static int refuse(kn_catalogue* catalogue) {
  const char* json = "{\"names\":[{\"language\":\"en\",\"text\":\"A\"}],\"kind\":\"unheard-of\"}";
  kn_error* error = NULL;
  const int32_t code =
      kn_put_json(catalogue, KN_KIND_ORGANISATION, NULL, 0, json, strlen(json), NULL, NULL, &error);
  const int fine = check("an invalid record", code == KN_E_INVALID_RECORD) &&
                   check("with its path", strcmp(kn_error_violation_path(error, 0), "kind") == 0);
  kn_error_free(error);
  return fine;
}

int main(void) {
  kn_catalogue* catalogue = NULL;
  kn_error* error = NULL;
  int fine = step("open", kn_open(":memory:", 8, NULL, &catalogue, &error), error);
  fine = fine &&
         put(catalogue, KN_KIND_INITIATIVE, "ini-1",
             "{\"names\":[{\"language\":\"en\",\"text\":\"Community table\"}]}") &&
         put(catalogue, KN_KIND_CASE_STUDY, "case-1",
             "{\"initiative\":\"ini-1\",\"state\":\"published\","
             "\"title\":[{\"language\":\"en\",\"text\":\"A kitchen for all\"}]}") &&
         refuse(catalogue) && find(catalogue) && follow(catalogue);
  return check("closing", kn_close(catalogue) == KN_OK) && fine ? 0 : 1;
}
