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
    if (fstat(fd, &st))
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

int files_kept(const struct files *files)
{
    const struct noted_file *file = (const struct noted_file *)(const void *)files->noted.at;
    for (uint64_t i = 0; i < files->noted.size / sizeof *file; i++)
        if (!file_is(file[i].fd, &file[i].id))
            return 0;
    return 1;
}

void files_free(struct files *files)
{
    bytes_free(&files->noted);
}
