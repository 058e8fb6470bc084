/* SPDX-License-Identifier: Apache-2.0 */
#include "files.h"

#include <sys/stat.h>

struct noted_file {
    struct file_id id;
    int fd;
};

int file_note(int fd, struct file_id *id)
{
    struct stat st;
    if (fd < 0 || fstat(fd, &st)) /* the errno of what did not open it stays */
        return -1;
    *id = (struct file_id){st.st_dev, st.st_ino};
    return 0;
}

int file_is(int fd, const struct file_id *id)
{
    struct file_id now;
    return !file_note(fd, &now) && now.device == id->device && now.inode == id->inode;
}

int files_add(struct files *files, int fd)
{
    struct noted_file file = {.fd = fd};
    if (fd < 0 || file_note(fd, &file.id))
        return 1;
    return bytes_add(&files->noted, &file, sizeof file) != NULL;
}

#define SOME 64u

static uint64_t count_of(const struct files *files)
{
    return files->noted.size / sizeof(struct noted_file);
}

static int is_kept(const struct files *files, uint64_t i)
{
    const struct noted_file *file = (const struct noted_file *)(const void *)files->noted.at + i;
    return file_is(file->fd, &file->id);
}

int files_kept(const struct files *files)
{
    for (uint64_t i = 0; i < count_of(files); i++)
        if (!is_kept(files, i))
            return 0;
    return 1;
}

int files_kept_some(const struct files *files, uint64_t turn)
{
    uint64_t n = count_of(files);
    if (n <= SOME)
        return files_kept(files);
    for (uint64_t i = 0; i < SOME; i++)
        if (!is_kept(files, i ? (turn * SOME + i) % n : 0))
            return 0;
    return 1;
}

void files_free(struct files *files)
{
    bytes_free(&files->noted);
}
