/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The C API of Koinon. C99, C11 and C++ include this file; the rules and every declaration stand in
 * koinon_declarations.h.
 *
 *   kn_catalogue* catalogue = NULL;
 *   kn_error* error = NULL;
 *   if (kn_open("social.koinon", 13, NULL, &catalogue, &error) != KN_OK) {
 *     log_line(kn_error_message(error));
 *     kn_error_free(error);
 *   }
 */
#ifndef KOINON_KOINON_H
#define KOINON_KOINON_H

#include <stdint.h>

/* Codes. Equal to koinon::ErrorCode; never reused. */
#define KN_OK 0
#define KN_E_INVALID_ARGUMENT 1
#define KN_E_NOT_FOUND 2
#define KN_E_ALREADY_EXISTS 3
#define KN_E_CONFLICT 4
#define KN_E_INVALID_RECORD 5
#define KN_E_INVALID_INPUT 6
#define KN_E_NOT_A_CATALOGUE 7
#define KN_E_TOO_NEW 8
#define KN_E_DAMAGED 9
#define KN_E_BUSY 10
#define KN_E_READ_ONLY 11
#define KN_E_INPUT_OUTPUT 12
#define KN_E_CANCELLED 13
#define KN_E_UNKNOWN_FORMAT 14
#define KN_E_INVALID_UTF8 15
#define KN_E_FORKED 16
#define KN_E_OUT_OF_MEMORY 17
#define KN_E_ERASED 18
#define KN_E_EXPIRED 19
#define KN_E_INTERNAL 99

/* Kinds of record. */
#define KN_KIND_ORGANISATION 0
#define KN_KIND_INITIATIVE 1
#define KN_KIND_CASE_STUDY 2
#define KN_KIND_PROJECT 3
#define KN_KIND_CALL 4
#define KN_KIND_CONCEPT 5
#define KN_KIND_MATCH_DECISION 6
#define KN_KIND_REPLICATION 7
#define KN_KIND_PROGRAMME 8
#define KN_KIND_CONSORTIUM 9
#define KN_KIND_BID 10
#define KN_KIND_AWARD 11
#define KN_KIND_METHOD 12
#define KN_KIND_ASSESSMENT 13
#define KN_KIND_PILOT 14
#define KN_KIND_EVIDENCE 15
#define KN_KIND_DISSEMINATION 16
#define KN_KIND_EXPERIMENT 17
#define KN_KIND_UPTAKE 18
#define KN_KIND_COMMUNITY 19
#define KN_KIND_EXCHANGE 20
#define KN_KIND_CONTRIBUTION 21
#define KN_KIND_COMPETENCE_CENTRE 22
#define KN_KIND_OFFER 23
#define KN_KIND_MENTORING 24
#define KN_KIND_INDICATOR 25
#define KN_KIND_COLLECTION 26

/* kn_change.what */
#define KN_CHANGE_PUT 0
#define KN_CHANGE_REMOVE 1
#define KN_CHANGE_ERASE 2
#define KN_CHANGE_VECTORS 3

/* kn_write_options.expected_version */
#define KN_ANY_VERSION UINT64_MAX

#ifdef __cplusplus
extern "C" {
#endif

#include "koinon_declarations.h"

#ifdef __cplusplus
}
#endif

#endif
